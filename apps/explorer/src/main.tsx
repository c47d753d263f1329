import { render } from 'preact'
import { App } from './page/app.tsx'
import { keepRunning } from './state/runs.ts'
import { start } from './state/start.ts'
import './style.css'

render(<App />, document.getElementById('app')!)
keepRunning()
void start()
