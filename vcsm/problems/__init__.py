"""The same friction hitting many customers is one incident: a problem with a rate, an owner, a fix.

Pure modules: `baseline` (what is usual), `detect` (evidence that it is not, under a bound on false
discoveries), `scope` (everybody or one account; one cause or several), `recover` (proof that a fix
worked), `blind` (a source that stopped). Stored state: `roll_up` counts sessions that saw and were
hit, `watch` runs the detection, `lifecycle` moves a problem from opened to verified.
"""
