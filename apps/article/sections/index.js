import clip from './clip.js'
import coordinates from './coordinates.js'
import crop from './crop.js'
import elastic from './elastic.js'
import flip from './flip.js'
import normalise from './normalise.js'
import rescale from './rescale.js'
import resize from './resize.js'
import rotate from './rotate.js'
import shift from './shift.js'
import show from './show.js'
import together from './together.js'

/** The sections of the page, in the article's order. */
export const sections = [
  show,
  coordinates,
  resize,
  rescale,
  rotate,
  flip,
  shift,
  crop,
  clip,
  normalise,
  elastic,
  together,
]
