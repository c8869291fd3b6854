import Digests
import Testing

@Suite struct ContentDigestTests {
  @Test func matchesThePublishedVectors() {
    #expect(
      ContentDigest.of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      ContentDigest.of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      ContentDigest.of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  }

  @Test func doesNotDependOnHowTheBytesArrive() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    func digest(pieces: Int) -> String {
      var digest = ContentDigest()
      for start in stride(from: 0, to: bytes.count, by: pieces) {
        Array(bytes[start..<min(bytes.count, start + pieces)]).withUnsafeBytes { digest.update($0) }
      }
      return digest.finish()
    }
    #expect(Set([1, 7, 63, 64, 65, 128, 1000].map { digest(pieces: $0) }).count == 1)
  }

  @Test func namesATextAsContentSecurityPoliciesDo() {
    #expect(
      ContentDigest.policySource(of: "abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    #expect(ContentDigest.policySource(of: "") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
  }
}
