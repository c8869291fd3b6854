/// Whether a YAML text repeats a part of itself by an alias (`&name` … `*name`). Settings have no need of it, and a
/// few hundred bytes of aliases of aliases stand for more nodes than can ever be walked.
public func repeatsItself(yaml text: String) -> Bool {
  var names: [UInt8: Set<[UInt8]>] = [:]
  var (mark, name): (UInt8, [UInt8]) = (0, [])
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      if mark != 0 { name.append(byte) }
    default:
      if mark != 0 { names[mark, default: []].insert(name) }
      (mark, name) = (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") ? byte : 0, [])
    }
  }
  if mark != 0 { names[mark, default: []].insert(name) }
  let anchors = names[UInt8(ascii: "&")] ?? []
  return names[UInt8(ascii: "*")]?.contains { !$0.isEmpty && anchors.contains($0) } ?? false
}
