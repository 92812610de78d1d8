// Property tests draw the same cases in every run, so that a run tells about the change and not
// about the draw. `VCSM_EXPLORE=1` draws afresh; what that finds becomes an example of its own.
import fc from 'fast-check'

if (!process.env.VCSM_EXPLORE) fc.configureGlobal({ seed: 20_260_101 })
