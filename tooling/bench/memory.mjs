// Run as a child: prints how far the process's peak memory rises above where it stood before the source was made, in MB.
import { Compose, run } from '@voxaug/core'
import { Affine, Crop } from '@voxaug/geometry'
import { box, scene, turn } from './scene.mjs'

const peak = () => process.resourceUsage().maxRSS / 1024
const before = process.memoryUsage.rss() / 2 ** 20
const image = scene()
const withSource = peak()
run(process.argv[2] === 'crop' ? Compose([Affine(turn), Crop({ ...box, shape: [64, 64, 64] })]) : Affine(turn), image, {
  seed: 3,
})
console.log(JSON.stringify({ before, withSource: withSource - before, peak: peak() - before }))
