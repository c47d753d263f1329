export function floorMod(x: number, y: number): number {
  return x - Math.floor(x / y) * y
}
