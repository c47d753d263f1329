import { render } from 'preact'
import { Gallery } from './gallery.tsx'
import '../style.css'

render(<Gallery />, document.getElementById('app')!)
