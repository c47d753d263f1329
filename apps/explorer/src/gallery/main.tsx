import { render } from 'preact'
import { Gallery } from './gallery.tsx'
import '../page/theme.ts'
import '../style.css'

render(<Gallery />, document.getElementById('app')!)
