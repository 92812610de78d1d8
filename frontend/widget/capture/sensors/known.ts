// What others are told about an element: its name, and whether it is made to be pressed repeatedly.

import { isStepperText } from '../nature.ts'
import { accessibleName, nameElement } from './fingerprint.ts'
import type { Known } from './host.ts'

const STEPPERS = '[role=spinbutton],[role=grid],[role=application],[aria-roledescription=carousel]'

/** `names`: whether accessible names may be shown to members. */
export function knowElement(element: Element, names: boolean): Known {
  const label = accessibleName(element)
  return {
    element: nameElement(element, names, undefined, label),
    // The accessible name is what `aria-label` says, if it says anything.
    stepper: isStepperText(label) || element.closest(STEPPERS) !== null,
  }
}
