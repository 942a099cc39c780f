//! Where the two ends meet over Bluetooth LE (docs/protocol.md, section 8): one service with two characteristics.

/// The service, advertised and primary: `9d65899d-9c74-427a-9730-fddc377afe43`.
pub const SERVICE: u128 = 0x9d65_899d_9c74_427a_9730_fddc_377a_fe43;
/// The characteristic a phone writes its request to, with or without response: `fbe6d3f6-af49-43c7-8edf-a71b3c19f34b`.
pub const REQUEST: u128 = 0xfbe6_d3f6_af49_43c7_8edf_a71b_3c19_f34b;
/// The characteristic that notifies: HELLO on subscribing, then answers: `1fe4832e-6efb-4797-9276-e3f9dd86fea2`.
pub const RESPONSE: u128 = 0x1fe4_832e_6efb_4797_9276_e3f9_dd86_fea2;
/// The company id before the advertised bytes, until one is assigned.
pub const COMPANY: u16 = 0xffff;
