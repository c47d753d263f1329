import { render } from 'preact'
import { App } from './page/app.tsx'
import { keepRunning, start } from './state/store.ts'
import './style.css'

render(<App />, document.getElementById('app')!)
keepRunning()
void start()
