//! scratch
#[path = "../tests/lookup/corpus.rs"]
mod corpus;
fn main() {
    for c in corpus::corpus() {
        println!("{}", serde_json::json!({"lang":c.lang,"claim":c.claim,"title":c.title,"finding":c.finding,"claimant":c.claimant,"topics":c.topics}));
    }
}
