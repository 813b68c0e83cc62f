import { testSolver } from './solver-conformance.ts';

testSolver('copt');
