/**
 * The whole public surface: generate → verify → reward → update.
 */

export {
  DEFAULT_DELTA,
  DEFAULT_EPSILON,
  DEFAULT_LIMITS,
  DEFAULT_REWARD_WEIGHTS,
  DEFAULT_SAMPLING,
  DEFAULT_UPDATE,
  EPSILONS,
  type Limits,
} from './config.ts';
export { type Boundary, EvomError } from './errors.ts';
export {
  describeScore,
  type Evaluation,
  evaluate,
  type Interval,
  type PassAtK,
  passAtK,
  type Sample,
  type Score,
  wilsonInterval,
} from './evaluate.ts';
export { findCheckpoint } from './loop/checkpoints.ts';
export type { CheckpointOptions, RewardObjective, TrainOptions, ValidationOptions } from './loop/options.ts';
// Loop
export { rollOut } from './loop/roll-out.ts';
export { train } from './loop.ts';
// Policy
export { type FindPolicyOptions, findPolicy, findTrainablePolicy } from './policy/find-policy.ts';
export { OnnxPolicy, type OnnxPolicyOptions } from './policy/onnx.ts';
export { createOpenAiPolicy, type OpenAiOptions } from './policy/openai.ts';
export { type ChatMessage, type PromptOptions, writeMessages } from './policy/prompt.ts';
export { createScriptedPolicy, type ScriptedOptions, type ScriptedPolicy } from './policy/scripted.ts';
// Problems
export { parseAnswer } from './problems/answer-label.ts';
export { fetchProblems } from './problems/fetch.ts';
export { type LintReport, lintProblems } from './problems/lint.ts';
export { renderLint as renderProblemLint } from './problems/lint-text.ts';
export { loadProblems } from './problems/load.ts';
export { type GenerateOptions, generateProblems, type SyntheticProblem } from './problems/synthetic/generate.ts';
export { writeProgram, writePrograms } from './problems/synthetic/program.ts';
export { readProblem } from './problems/synthetic/read.ts';
// Reward
export { createEvomRule } from './reward/evom.ts';
export { type ReadCompletion, readCompletion } from './reward/format.ts';
export { type LintRow, lintReward, renderLint as renderRewardLint } from './reward/lint.ts';
export {
  createReward,
  parseRewardWeights,
  type RewardFunction,
  type RewardInput,
  type RewardWeights,
} from './reward/reward.ts';
export type { Rule } from './reward/rule.ts';
export { findRule, RULES } from './reward/rules.ts';
// Solvers
export { solverName, solvers } from './solvers/index.ts';
export type { Licence, Solver, StatusTable } from './solvers/solver.ts';
// Store
export { createMemoryStore } from './store/memory.ts';
export { createRunFolder, openRunFolder } from './store/run-folder.ts';
export type { RunDescription, RunManifest, RunStore } from './store/store.ts';
export * from './types.ts';
// Update
export { groupAdvantages } from './update/advantage.ts';
export { lossOf } from './update/loss.ts';
export { OBJECTIVES, type Objective } from './update/objective.ts';
// Verify
export { ExecutionCache } from './verify/execution-cache.ts';
export { type VerifyInput, type VerifyOptions, verify } from './verify/index.ts';
export type { SolverState } from './verify/pool.ts';
export type { SolverRow } from './verify/solver-rows.ts';
export { type ProgramRequest, Verifier, type VerifierOptions } from './verify/verifier.ts';
// Workbench
export { type Call, type Progress, WORKBENCH_DEFAULTS } from './workbench/calls.ts';
export type {
  PolicyChoice,
  PolicyEvaluation,
  ProblemCompletion,
  Rewards,
  StoredRollout,
  Training,
  Transfer,
  TransferRow,
  Update,
} from './workbench/results.ts';
export { createWorkbench, type Workbench, type WorkbenchOptions } from './workbench/workbench.ts';
