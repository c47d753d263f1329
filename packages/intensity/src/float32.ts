/** What float32 holds: beyond, a limit would become infinite, and voxels with it. */
export const float32Bounds = [-3.4028234663852886e38, 3.4028234663852886e38] as const
