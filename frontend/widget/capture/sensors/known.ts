// What is told of an element to others: its name, and whether it is made for repetition.

import { isStepperText } from '../nature.ts'
import { accessibleName, nameElement } from './fingerprint.ts'
import type { Known } from './host.ts'

const STEPPERS = '[role=spinbutton],[role=grid],[role=application],[aria-roledescription=carousel]'

/** `names`: show accessible names to members. */
export function knowElement(element: Element, names: boolean): Known {
  return { element: nameElement(element, names), stepper: isStepper(element) }
}

function isStepper(control: Element): boolean {
  const said = [control.getAttribute('aria-label') ?? '', accessibleName(control)]
  return said.some(isStepperText) || control.closest(STEPPERS) !== null
}
