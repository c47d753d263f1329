import type { Named } from '@voxaug/core'
import { asymmetricSubject, contract, type Examples } from '@voxaug/core/testing'
import { describe, test } from 'vitest'
import {
  Conform,
  CropOrPad,
  CropToForeground,
  Pad,
  PadToMultiple,
  Reorient,
  Resample,
  ResampleTo,
  Resize,
  Rotate,
  Scale,
  Shift,
} from './index.ts'

const all: readonly (readonly [Named, Examples])[] = [
  [
    Conform,
    {
      options: { shape: [20, 19, 22], spacingMm: [1.3, 1.5, 1.2], orientation: 'LIA' },
      random: false,
      bad: [{ shape: [0, 1, 1] }, { spacingMm: 0 }, { orientation: 'RAA' }],
    },
  ],
  [
    CropOrPad,
    {
      options: { shape: [16, 30, null], at: 'random' },
      random: true,
      identity: { shape: [20, 24, 18] },
      bad: [{ shape: [1, 2] }, { shape: [0, 1, 1] }, { at: 'corner' }],
      slice: { shape: [16, 30, 1], at: 'random' },
    },
  ],
  [
    CropToForeground,
    {
      options: { over: { label: 'seg' }, marginVoxels: [1, [0, 2], 1] },
      random: false,
      entries: () => ({ seg: asymmetricSubject().label }),
      identity: { over: 'all' },
      bad: [{ marginVoxels: -1 }, { above: 3 }, { over: 'label' }],
    },
  ],
  [
    Pad,
    {
      options: { voxels: [[1, 2], 0, [3, 0]] },
      random: false,
      identity: { voxels: 0 },
      bad: [{ voxels: -1 }, { voxels: [1, 2] }, { voxels: 0.5 }, { voxels: [[1, 2, 3], 0, 0] }],
    },
  ],
  [
    PadToMultiple,
    {
      options: { multiple: [7, 8, 5] },
      random: false,
      identity: { multiple: [5, 4, 9] },
      bad: [{ multiple: 0 }, { multiple: [1, 2] }],
    },
  ],
  [Reorient, { options: { to: 'PIL' }, random: false, bad: [{ to: 'RAR' }, { to: 'ras' }, { to: 'constructor' }] }],
  [
    Resample,
    {
      options: { spacingMm: [[0.9, 1.4], 1.2, 1.1] },
      random: true,
      identity: { spacingMm: [1.3, 1, 1.7], include: ['image', 'second'] },
      bad: [{ spacingMm: 0 }, { spacingMm: -1 }, { axes: 'image' }],
    },
  ],
  [
    ResampleTo,
    {
      options: { entry: 'target' },
      random: false,
      bad: [{ entry: '' }, { entry: 3 }],
      entries: () => ({ target: asymmetricSubject().label }),
    },
  ],
  [
    Resize,
    {
      options: { factor: [0.6, 1.4] },
      random: true,
      identity: { factor: 1 },
      bad: [
        { factor: 0 },
        { factor: -1 },
        { shape: [3, 4, 5] },
        { longest: 0, factor: undefined },
        { factor: undefined },
      ],
    },
  ],
  [
    Rotate,
    {
      options: { degrees: [-20, 20], expand: true },
      random: true,
      identity: { degrees: 0 },
      bad: [{ degrees: 400 }, { axes: 'two' }],
    },
  ],
  [
    Scale,
    {
      options: { factor: [0.8, 1.2], anchor: 'corner' },
      random: true,
      identity: { factor: 1 },
      bad: [{ factor: 0 }, { factor: -1 }, { anchor: 'edge' }],
    },
  ],
  [
    Shift,
    {
      options: { fraction: [-0.1, 0.1] },
      random: true,
      identity: { mm: 0 },
      bad: [{ fraction: 2 }, { mm: 3 }, { fraction: undefined }],
    },
  ],
]

for (const [factory, examples] of all) {
  describe(`${factory.definition.name} keeps the contract:`, () => {
    for (const { name, check } of contract(factory, examples)) test(name, check)
  })
}
