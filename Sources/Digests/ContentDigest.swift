import CCrypto

/// SHA-256 (FIPS 180-4) of bytes that arrive piece by piece: names a recording, a network or a set of
/// settings by what it holds, the same figure that `sha256sum` prints.
public struct ContentDigest: ~Copyable {
  private let context: OpaquePointer

  public init() {
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, EVP_sha256(), nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The 32 bytes.
  private consuming func bytes() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
      var length: UInt32 = 0
      EVP_DigestFinal_ex(context, buffer.baseAddress, &length)
      count = Int(length)
    }
  }

  /// 64 lower-case hexadecimal digits.
  public consuming func finish() -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// The digest of bytes that are all there, as ``finish()`` tells it.
  public static func of(_ bytes: some Collection<UInt8>) -> String {
    var digest = ContentDigest()
    digest.update(bytes)
    return digest.finish()
  }

  public static func of(_ text: String) -> String { of(text.utf8) }

  /// The digest of a text as content security policies name it: `sha256-` and base64 (RFC 4648).
  public static func policySource(of text: String) -> String {
    var digest = ContentDigest()
    digest.update(text.utf8)
    return "sha256-\(base64(digest.bytes()))"
  }

  private mutating func update(_ bytes: some Collection<UInt8>) {
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable {
      update(UnsafeRawBufferPointer($0))
    }
    if isContiguous == nil { Array(bytes).withUnsafeBytes { update($0) } }
  }
}

private func base64(_ bytes: [UInt8]) -> String {
  // One byte more than its text: the encoder ends it with a zero.
  let text = [UInt8](unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4 + 1) { buffer, count in
    count = Int(EVP_EncodeBlock(buffer.baseAddress, bytes, Int32(bytes.count)))
  }
  return String(decoding: text, as: UTF8.self)
}
