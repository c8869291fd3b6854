extension Augmentation {
  init(_ section: RecipeSection) throws {
    var section = section
    self.init()
    horizontalFlip = try section.flag("horizontal_flip", default: false)
    rotation = try section.float("rotation", in: 0...180, default: 0)
    zoom = try section.float("zoom", in: 0...0.9, default: 0)
    zoomsAxesApart = try section.flag("zoom_axes_apart", default: false)
    widthShift = try section.float("width_shift", in: 0...1, default: 0)
    heightShift = try section.float("height_shift", in: 0...1, default: 0)
    brightness = try section.float("brightness", in: 0...1, default: 0)
    contrast = try section.float("contrast", in: 0...1, default: 0)
    gamma = try section.float("gamma", in: 0...4, default: 0)
    cutout = try section.section("cutout").map(Cutout.init)
    mixup = try section.section("mixup").map(Mixup.init)
    webcam = try section.section("webcam").map(Webcam.init)
    try section.finish()
  }
}

extension Augmentation.Cutout {
  init(_ section: RecipeSection) throws {
    var section = section
    probability = try section.float("probability", in: 0...1)
    smallest = try section.whole("smallest", in: 1...Face.side)
    largest = try section.whole("largest", in: smallest...Face.side)
    try section.finish()
  }
}

extension Augmentation.Mixup {
  init(_ section: RecipeSection) throws {
    var section = section
    probability = try section.float("probability", in: 0...1)
    alpha = try section.float("alpha", in: 0.01...2)
    try section.finish()
  }
}

extension Augmentation.Webcam {
  init(_ section: RecipeSection) throws {
    var section = section
    probability = try section.float("probability", in: 0...1)
    smallestSide = try section.whole("smallest_side", in: 8...Face.side)
    try section.finish()
  }
}
