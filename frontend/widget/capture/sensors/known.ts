// What is told of an element to others: its name, and whether it is made for repetition.

import { isStepperText } from '../nature.ts'
import { accessibleName, nameElement } from './fingerprint.ts'
import type { Known } from './host.ts'

const STEPPERS = '[role=spinbutton],[role=grid],[role=application],[aria-roledescription=carousel]'

/** `names`: show accessible names to members. */
export function knowElement(element: Element, names: boolean): Known {
  const label = accessibleName(element)
  return {
    element: nameElement(element, names, undefined, label),
    // The name begins with what `aria-label` says, where it says anything.
    stepper: isStepperText(label) || element.closest(STEPPERS) !== null,
  }
}
