/** One fault of a refused request: a code and its parameters, worded by the page. */
export interface Fault {
  readonly code: string;
  readonly [parameter: string]: unknown;
}

/** An RFC 9457 problem document as the server writes it. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail?: string;
  readonly faults?: readonly Fault[];
  readonly [member: string]: unknown;
}

/** A request that did not succeed; status 0 is a server that could not be reached. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

const passing = new Set([0, 401, 408, 425, 429]);

/** Whether the same request may succeed later without a change. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (passing.has(error.status) || error.status >= 500);
}

/** The problem behind an error; a fault of the page itself stays an error. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  throw error;
}
