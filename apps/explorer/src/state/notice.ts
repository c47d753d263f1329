import { signal } from '@preact/signals'
import type { Answer, Problem } from '../engine/problem.ts'

/** Something to say that is not about a step: of a file, or a link. */
export interface Notice {
  readonly kind: 'error' | 'info'
  readonly text: string
}

export const notice = signal<Notice | undefined>(undefined)

export const tellError = ({ message }: Pick<Problem, 'message'>): void => {
  notice.value = { kind: 'error', text: message }
}

/** The value of an answer; a problem is told to `tell`. */
export async function valueIn<T>(asked: Promise<Answer<T>>, tell: (problem: Problem) => void): Promise<T | undefined> {
  try {
    const answer = await asked
    if ('value' in answer) return answer.value
    tell(answer.problem)
  } catch (error) {
    tell({
      code: 'unexpected',
      message: `Something went wrong: ${error instanceof Error ? error.message : String(error)}`,
      path: '',
    })
  }
  return undefined
}
