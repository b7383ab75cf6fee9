/**
 * A party's budget of cells for one day, for declarations and what-ifs together. Every spending is logged, for
 * probing is the danger: enough questions would draw the other side's plan.
 */
import { Problem } from '../../core/index.ts';
import { BUDGET_SPENT } from '../problems.ts';

export interface Spending {
  readonly at: number;
  readonly on: 'declaration' | 'amendment' | 'what-if';
  readonly cells: number;
}

export interface DayBudget {
  readonly party: string;
  /** UTC day, YYYY-MM-DD. */
  readonly day: string;
  readonly spent: number;
  /** Spendings so far: the next one's number in the log. */
  readonly count: number;
}

export const budgetKey = (party: string, now: number): string => `${party}/${new Date(now).toISOString().slice(0, 10)}`;

/** The budget after one more spending; throws airspace/budget-spent when the day's cells do not suffice. */
export function spend(budget: DayBudget, spending: Spending, limit: number): DayBudget {
  const spent = budget.spent + spending.cells;
  if (spent > limit) {
    throw new Problem(
      BUDGET_SPENT,
      `the day's budget has ${limit - budget.spent} cells left, this asks for ${spending.cells}`,
      {
        params: { left: limit - budget.spent, asked: spending.cells },
      },
    );
  }
  return { ...budget, spent, count: budget.count + 1 };
}
