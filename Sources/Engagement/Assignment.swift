/// The cheapest one-to-one assignment of rows to columns (Kuhn 1955, in Jonker and Volgenant's shortest
/// augmenting path form, O(rows² · columns)).
///
/// - Parameter costs: `costs[row][column]`, finite, with at least as many columns as rows.
/// - Returns: the column of each row; empty where the matrix is not of that form.
func cheapestAssignment(_ costs: [[Double]]) -> [Int] {
  let rows = costs.count
  let columns = costs.first?.count ?? 0
  guard rows > 0, columns >= rows, costs.allSatisfy({ $0.count == columns }) else { return [] }
  // Index 0 stands for "none" in rows and columns alike.
  var rowPotential = [Double](repeating: 0, count: rows + 1)
  var columnPotential = [Double](repeating: 0, count: columns + 1)
  var rowOf = [Int](repeating: 0, count: columns + 1)
  for row in 1...rows {
    rowOf[0] = row
    var column = 0
    var slack = [Double](repeating: .infinity, count: columns + 1)
    var previous = [Int](repeating: 0, count: columns + 1)
    var visited = [Bool](repeating: false, count: columns + 1)
    repeat {
      visited[column] = true
      let current = rowOf[column]
      var step = Double.infinity
      var next = 0
      for candidate in 1...columns where !visited[candidate] {
        let reduced = costs[current - 1][candidate - 1] - rowPotential[current] - columnPotential[candidate]
        if reduced < slack[candidate] {
          slack[candidate] = reduced
          previous[candidate] = column
        }
        if slack[candidate] < step {
          step = slack[candidate]
          next = candidate
        }
      }
      for candidate in 0...columns {
        if visited[candidate] {
          rowPotential[rowOf[candidate]] += step
          columnPotential[candidate] -= step
        } else {
          slack[candidate] -= step
        }
      }
      column = next
    } while rowOf[column] != 0
    while column != 0 {
      rowOf[column] = rowOf[previous[column]]
      column = previous[column]
    }
  }
  var assigned = [Int](repeating: 0, count: rows)
  for column in 1...columns where rowOf[column] > 0 { assigned[rowOf[column] - 1] = column - 1 }
  return assigned
}
