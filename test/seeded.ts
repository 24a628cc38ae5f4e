import fc from 'fast-check';

// Files share processes: what one of them sets would hold in the next, and what none sets would differ from run to run.
fc.configureGlobal({ seed: 20220101, numRuns: 200 });
