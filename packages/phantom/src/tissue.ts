/** The values of the label map. Cerebellar cortex is grey matter; marrow is skull; what is outside the skull is scalp. */
export const labels = {
  background: 0,
  lesion: 1,
  ventricles: 2,
  white: 3,
  grey: 4,
  deepGrey: 5,
  brainStem: 6,
  csf: 7,
  skull: 8,
  scalp: 9,
  eyes: 10,
} as const

export type LabelName = keyof typeof labels

/** Signal of a T1-weighted gradient echo at 3 T, white matter about 820: bright fat, dark bone, air nearly nothing. */
export const signal = {
  air: 8,
  lesion: 310,
  white: 820,
  grey: 545,
  deepGrey: 640,
  pallidum: 715,
  brainStem: 765,
  csf: 175,
  bone: 70,
  marrow: 660,
  fat: 960,
  muscle: 400,
  skin: 520,
  mucosa: 490,
  vitreous: 165,
  lens: 420,
} as const
