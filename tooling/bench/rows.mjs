// The ratios that have a target, from what was measured.

const sourceMb = 48

/** How many times faster than a peer; without peers it has no value. */
const faster = (what, name, target, peer = name) => ({ what, name, target, peer, sign: '≥' })

const withPeers = [
  faster('affine, nearest', 'affine nearest', 10),
  faster('affine, linear', 'affine linear', 10),
  faster('affine, cubic', 'affine cubic', 5),
  faster('rotate about z, nearest', 'rotate nearest', 10),
  faster('rotate about z, linear', 'rotate linear', 10),
  faster('rotate about z, cubic', 'rotate cubic', 5),
  faster('zoom to 0.6, linear', 'zoom down', 5),
  faster('zoom to 1.3, linear', 'zoom up', 5),
  faster('zoom to 1.3, cubic', 'zoom up cubic', 5),
  faster('elastic by a 7³ lattice (map_coordinates has its field given)', 'elastic', 5),
  faster('elastic by a 7³ lattice', 'elastic', 60, 'article elastic'),
  faster('ElasticNoise of σ = 35 voxels', 'elasticNoise', 25, 'article elastic'),
  faster('percentile clip of a head', 'percentile clip', 4),
  faster('percentile clip of noise', 'percentile clip of noise', 4),
  faster('z-score of a head', 'z-score', 2.5),
  faster('z-score over what is not 0', 'z-score nonzero', 2.5),
  faster('Gaussian of σ = 2 voxels', 'gaussian', 4),
]

export const atMost = (what, value, target) => ({ what, value, sign: '≤', target })

/** Every row of a run: what, its value, whether it is to be at least or at most the target. */
export function rowsOf({ ms, peers }, { warp, crop }) {
  const whose = (peer) => (peer === 'article elastic' ? 'the article’s elastic_transform_3d' : 'scipy or numpy')
  return [
    ...withPeers
      .filter(({ peer }) => peer in peers)
      .map(({ what, name, target, peer, sign }) => ({
        what: `${what}: times faster than ${whose(peer)}`,
        value: peers[peer] / ms[name],
        sign,
        target,
      })),
    atMost('Flip along x, over slice()', ms.flipX / ms.slice, 1.5),
    atMost('Flip along z, over slice()', ms.flipZ / ms.slice, 1.5),
    atMost('Reorient to three other axes, over slice()', ms.reorient / ms.slice, 1.5),
    atMost('Crop to 128³, over slice() of as many voxels', ms.crop / ms.sliceOfCrop, 1.5),
    atMost('Pad by 8 voxels, reflected, over slice()', ms.pad / ms.slice, 1.5),
    atMost('five voxel-wise steps, over one', ms.fiveSteps / ms.oneStep, 1.5),
    atMost(
      'trilinear affine: time over its pass into touched memory + 1.2 × slice()',
      ms['affine linear'] / (ms.passAlone + 1.2 * ms.slice),
      1,
    ),
    {
      what: 'trilinear affine: times faster than the plain JavaScript loop',
      value: ms.plain / ms['affine linear'],
      sign: '≥',
      target: 3.5,
    },
    atMost('128³ crop, elastic written last, over the affine alone', ms.elasticLastCrop / ms.affineCrop, 2.5),
    atMost('128³ crop, elastic written first, over the affine alone', ms.elasticFirstCrop / ms.affineCrop, 6),
    atMost('peak memory of one warp, MB over source twice + output + 64', warp.peak / (3 * sourceMb + 64), 1),
    atMost('64³ crop of a warp: MB above the source', crop.peak - crop.withSource, 64),
  ]
}
