import { augment } from './augment.js'

augment().then(
  (result) => {
    document.body.textContent = result
  },
  (error) => {
    document.body.textContent = String(error)
  },
)
