// Property tests draw the same cases in every run, so that a failure comes from the change and not
// from the draw. `VCSM_EXPLORE=1` draws new ones; what they find becomes an example of its own.
import fc from 'fast-check'

if (!process.env.VCSM_EXPLORE) fc.configureGlobal({ seed: 20_260_101 })
