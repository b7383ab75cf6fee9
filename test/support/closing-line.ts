/**
 * Prints the run's last line, `N passed, N failed, N skipped`, after naming each skipped test. With HUDNA_NO_SKIPS=1
 * (set by .ci/run) a skip fails the run, unless its reason is that ../shared is absent.
 */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const ABSENT_SHARED = 'needs ../shared';

// Vitest loads a reporter by its default export.
// biome-ignore lint/style/noDefaultExport: the reporter interface of vitest asks for it
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    const skipped: TestCase[] = [];
    let broken = 0;
    for (const module of modules) {
      if (module.errors().length > 0) broken += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'pending') continue;
        count[state] += 1;
        if (state === 'skipped') skipped.push(test);
      }
    }
    for (const test of skipped) console.log(`skipped: ${test.fullName}`);
    const refused = skipped.filter((test) => !test.fullName.includes(ABSENT_SHARED));
    if (process.env.HUDNA_NO_SKIPS === '1' && refused.length > 0) {
      console.log(`${refused.length} skipped tests are not allowed here: what they need was not installed`);
      process.exitCode = 1;
    }
    console.log(`${count.passed} passed, ${count.failed + broken} failed, ${count.skipped} skipped`);
  }
}
