use super::exif::only_orientation;
use super::{Closed, Kind, MOST_POINTS, Pixels, Scaled, is_still, orientation, without_metadata};

/// Red on the left, blue on the right; wider than high.
fn two_halves() -> Pixels {
    let rgba =
        (0..8).flat_map(|_| (0..16).flat_map(|x| if x < 8 { [255, 0, 0, 255] } else { [0, 0, 255, 255] }));
    Pixels { width: 16, height: 8, rgba: rgba.collect() }
}

/// A JPEG with a position, a comment, a preview, and a second picture behind its end.
fn telling_jpeg(turned: u8) -> Vec<u8> {
    let plain = two_halves().jpeg(90).unwrap();
    let exif = [b"Exif\0\0".as_slice(), &only_orientation(turned), b"GPS 6.2S 106.8E"].concat();
    let mut out = plain[..2].to_vec();
    for (marker, content) in [
        (0xe1, exif.as_slice()),
        (0xe1, b"http://ns.adobe.com/xap/1.0/\0<x>GPS</x>"),
        (0xed, b"Photoshop 3.0\0GPS"),
        (0xfe, b"GPS in a comment"),
        (0xe2, b"MPF\0GPS"),
        (0xe2, b"ICC_PROFILE\0\x01\x01colours"),
    ] {
        out.extend([0xff, marker]);
        out.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        out.extend(content);
    }
    out.extend(&plain[2..]);
    out.extend(b"\xff\xd8 GPS of the second picture");
    out
}

fn telling_png(turned: u8) -> Vec<u8> {
    use image::ImageEncoder as _;
    let pixels = two_halves();
    let mut plain = Vec::new();
    image::codecs::png::PngEncoder::new(&mut plain)
        .write_image(&pixels.rgba, 16, 8, image::ExtendedColorType::Rgba8)
        .unwrap();
    let mut out = plain[..33].to_vec();
    for (name, content) in [(b"eXIf", only_orientation(turned)), (b"tEXt", b"Comment\0GPS".to_vec())] {
        out.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        out.extend(name);
        out.extend(content);
        out.extend([0; 4]);
    }
    out.extend(&plain[33..]);
    out.extend(b"GPS behind the end");
    out
}

fn telling_webp(turned: u8) -> Vec<u8> {
    let plain = two_halves().webp(80.0, true).unwrap();
    let mut out = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x0c\0\0\0\x0f\0\0\x07\0\0".to_vec();
    out.extend(&plain[12..]);
    for (name, content) in [(b"EXIF", only_orientation(turned)), (b"XMP ", b"<GPS/>".to_vec())] {
        out.extend(name);
        out.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        out.extend(content);
    }
    let size = u32::try_from(out.len() - 8).unwrap();
    out[4..8].copy_from_slice(&size.to_le_bytes());
    out
}

/// The colour of a point.
fn at(pixels: &Pixels, x: u32, y: u32) -> &'static str {
    let start = ((y * pixels.width + x) * 4) as usize;
    match (pixels.rgba[start], pixels.rgba[start + 2]) {
        (150.., ..90) => "red",
        (..90, 150..) => "blue",
        _ => "other",
    }
}

#[test]
fn pictures_are_turned_as_they_are_to_be_shown() {
    for picture in [telling_jpeg, telling_png, telling_webp] {
        let upright = Pixels::open(&picture(1)).unwrap();
        assert_eq!((upright.width, upright.height, at(&upright, 1, 4)), (16, 8, "red"));
        let turned = Pixels::open(&picture(6)).unwrap();
        assert_eq!((turned.width, turned.height), (8, 16));
        assert_eq!((at(&turned, 4, 1), at(&turned, 4, 14)), ("red", "blue"));
        let around = Pixels::open(&picture(3)).unwrap();
        assert_eq!((at(&around, 1, 4), at(&around, 14, 4)), ("blue", "red"));
    }
}

#[test]
fn what_a_picture_tells_is_gone_and_what_it_shows_is_not() {
    let holds = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    for picture in [telling_jpeg, telling_png, telling_webp] {
        for turned in [1, 6] {
            let (before, after) = (picture(turned), without_metadata(&picture(turned)).into_owned());
            assert!(holds(&before, b"GPS") && !holds(&after, b"GPS"));
            assert_eq!(orientation(&after), turned);
            assert_eq!(Kind::of(&before), Kind::of(&after));
            assert_eq!(Pixels::open(&before), Pixels::open(&after));
            assert_eq!(without_metadata(&after), after, "once is enough");
        }
    }
    assert!(holds(&without_metadata(&telling_jpeg(1)), b"ICC_PROFILE"), "colours stay right");
    assert_eq!(without_metadata(b"<svg/>").as_ref(), b"<svg/>");
}

#[test]
fn cut_off_pictures_are_read_without_harm() {
    for whole in [telling_jpeg(6), telling_png(6), telling_webp(6)] {
        for end in 0..whole.len() {
            let part = &whole[..end];
            let _ = (without_metadata(part), orientation(part), is_still(part), Pixels::open(part));
        }
    }
}

#[test]
fn a_picture_that_says_it_is_huge_is_not_opened() {
    let mut png = telling_png(1);
    png[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    // The check sum of the head is wrong now; with a right one, the size is what stops it.
    assert!(Pixels::open(&png).is_err());
    let gif = b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;";
    assert_eq!(Pixels::open(gif), Err(Closed::TooLarge));
    assert!(u64::from(u16::MAX).pow(2) > MOST_POINTS);
    assert_eq!(Pixels::open(b"<svg/>"), Err(Closed::Unknown));
    assert_eq!(Pixels::open(&two_halves().jpeg(80).unwrap()[..40]), Err(Closed::Damaged));
}

#[test]
fn what_moves_is_known() {
    assert!(is_still(&telling_jpeg(1)) && is_still(&telling_png(1)) && is_still(&telling_webp(1)));
    let mut webp = telling_webp(1);
    webp[20] |= 2;
    let mut png = telling_png(1);
    png[33 + 4..33 + 8].copy_from_slice(b"acTL");
    assert!(!is_still(&webp) && !is_still(&png) && !is_still(b"GIF89a"));
}

#[test]
fn sizes_keep_their_proportion() {
    let size = |width, height| Scaled { width, height };
    assert_eq!(size(1000, 500).to_width(480), size(480, 240));
    assert_eq!(size(10_000, 1).to_width(480), size(480, 1));
    assert_eq!(size(3000, 2000).within(size(1200, 2400)), size(1200, 800));
    assert_eq!(size(1080, 4800).within(size(1200, 2400)), size(540, 2400));
    assert_eq!(size(300, 200).within(size(1200, 2400)), size(300, 200));
}

#[test]
fn scaling_and_saving_are_the_same_every_time() {
    let make = || {
        let small = two_halves().scaled(Scaled { width: 8, height: 4 }).unwrap();
        (small.webp(78.0, false).unwrap(), small.webp(78.0, true).unwrap(), small.jpeg(80).unwrap())
    };
    let (lossy, smaller, jpeg) = make();
    assert_eq!((lossy.clone(), smaller.clone(), jpeg.clone()), make());
    for bytes in [&lossy, &smaller, &jpeg] {
        let opened = Pixels::open(bytes).unwrap();
        assert_eq!((opened.width, opened.height), (8, 4));
        assert_eq!((at(&opened, 0, 0), at(&opened, 7, 3)), ("red", "blue"));
    }
    assert!(smaller.len() <= lossy.len());
}

#[test]
fn copies_keep_the_colours_of_the_picture() {
    let mut profile = vec![0_u8; 200];
    profile[16..20].copy_from_slice(b"RGB ");
    let jpeg = |profile: &[u8]| {
        let plain = two_halves().jpeg(90).unwrap();
        let segment = [b"ICC_PROFILE\0\x01\x01", profile].concat();
        let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], &[0xff, 0xe2], &length, &segment, &plain[2..]].concat()
    };
    let pixels = two_halves();
    for try_lossless in [false, true] {
        let copy = pixels.webp_of(&jpeg(&profile), 80.0, try_lossless).unwrap();
        assert!(copy.windows(4).any(|part| part == b"ICCP"));
        let opened = Pixels::open(&copy).unwrap();
        assert_eq!((opened.size(), at(&opened, 1, 4)), (pixels.size(), "red"));
        assert_eq!(Kind::of(&copy), Some(Kind::WebP));
    }
    profile.extend(b"sRGB IEC61966-2.1");
    let plain = pixels.webp_of(&jpeg(&profile), 80.0, false).unwrap();
    assert_eq!(plain, pixels.webp(80.0, false).unwrap(), "every browser takes these colours for granted");
}
