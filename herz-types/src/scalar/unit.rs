//! Exact arithmetic with decimal numbers and units.

/// `decimal * factor` if it is a whole number of 64 bits.
pub(super) enum Product {
    Whole(u64),
    Broken,
    TooBig,
}

/// Multiplies a plain decimal (`1.5`) with a factor, without rounding.
pub(super) fn multiply(decimal: &str, factor: u64) -> Product {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let fraction = fraction.trim_end_matches('0');
    // A factor has 60 bits at most, and each digit of a whole product takes a 2 and a 5 of it.
    if fraction.len() > 60 {
        return Product::Broken;
    }
    let Ok(whole) = (if whole.is_empty() {
        Ok(0)
    } else {
        whole.parse::<u64>()
    }) else {
        return Product::TooBig;
    };
    // Digit by digit from the right: rest = (digit * factor + rest) / 10 must be whole each time.
    let mut rest = 0_u128;
    for digit in fraction.bytes().rev() {
        let sum = u128::from(digit - b'0') * u128::from(factor) + rest;
        if !sum.is_multiple_of(10) {
            return Product::Broken;
        }
        rest = sum / 10;
    }
    match u64::try_from(u128::from(whole) * u128::from(factor) + rest) {
        Ok(product) => Product::Whole(product),
        Err(_) => Product::TooBig,
    }
}
