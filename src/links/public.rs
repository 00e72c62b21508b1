//! Which machines may be asked: those of the public internet. An article is text from anywhere, and
//! must not make the desk's machine knock at the doors of its own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether anyone can reach a machine with this number (IANA registries of special-purpose
/// addresses, RFC 6890).
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || a == 0
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19));
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Only 2000::/3 is given out; the rest is local, for groups, or reserved, but for the
        // numbers that stand for one of version 4.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x2002, high, low, ..] => inner(high, low),
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [first, ..] => first & 0xe000 == 0x2000 && first != 0x3fff,
    }
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn private_machines_are_told_from_public_ones() {
        let public = ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"];
        for ip in public {
            assert!(is_public(ip.parse().expect("a number")), "{ip}");
        }
        let private = "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 \
            255.255.255.255 224.0.0.1 198.18.0.1 ::1 :: fe80::1 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 \
            64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1 2001::1 ::7f00:1 fec0::1";
        for ip in private.split_whitespace() {
            assert!(!is_public(ip.parse().expect("a number")), "{ip}");
        }
    }
}
