/** Where asc's static data ends: everything from here on is the caller's. */
export function heapBase(): usize {
  return __heap_base
}
