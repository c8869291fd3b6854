/// One node of the file with what is known of its inputs: checked access to its attributes and constants.
struct ONNXNode {
  let proto: Onnx_NodeProto
  let opset: Int
  /// By input; `nil` where the input is left out or unknown.
  let shapes: [PartialShape?]
  let constants: [ONNXConstant?]

  func isGiven(_ input: Int) -> Bool {
    proto.input.indices.contains(input) && !proto.input[input].isEmpty
  }

  /// The shape of the first input; a missing one has no dimensions.
  var dataShape: PartialShape { (shapes.first ?? nil) ?? [] }

  // MARK: Attributes

  func attribute(_ name: String, _ type: Onnx_AttributeProto.AttributeType) throws -> Onnx_AttributeProto? {
    guard let found = proto.attribute.first(where: { $0.name == name }) else { return nil }
    // Files of the format's first version leave the type out.
    guard found.type == type || !found.hasType else {
      throw GraphError("has an attribute \(name) of an unexpected type")
    }
    return found
  }

  func int(_ name: String, default value: Int) throws -> Int {
    try attribute(name, .int).map { Self.clamped($0.i) } ?? value
  }

  func float(_ name: String, default value: Float) throws -> Float {
    try attribute(name, .float)?.f ?? value
  }

  func ints(_ name: String) throws -> [Int]? {
    try attribute(name, .ints)?.ints.map(Self.clamped)
  }

  func string(_ name: String, default value: String) throws -> String {
    guard let bytes = try attribute(name, .string)?.s else { return value }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func clamped(_ value: Int64) -> Int {
    min(max(Int(clamping: value), -ONNXConstant.largestInteger), ONNXConstant.largestInteger)
  }

  // MARK: Constant inputs

  /// Integers that older versions of the format hold in an attribute and newer ones in an input.
  func integers(attribute name: String, orInput input: Int) throws -> [Int]? {
    if let listed = try ints(name) { return listed }
    guard isGiven(input) else { return nil }
    guard let values = constants[input]?.knownIntegers else {
      throw GraphError("computes its \(name) while it runs, which is not supported")
    }
    return values
  }

  /// A number that older versions hold in an attribute and newer ones in an input.
  func number(attribute name: String, orInput input: Int, default value: Float) throws -> Float {
    if let given = try attribute(name, .float) { return given.f }
    guard isGiven(input) else { return value }
    guard let values = constants[input]?.floats, values.count == 1 else {
      throw GraphError("computes its \(name) while it runs, which is not supported")
    }
    return values[0]
  }
}
