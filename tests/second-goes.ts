import type { Reporter, TestModule } from "vitest/node";

/** Lists, before the runner's own summary, every test that passed only at its second go, with what was wrong at its first. */
export default class SecondGoes implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const told = secondGoes(modules);
    if (told.length === 0) return;
    const tests = told.length === 1 ? "1 test" : `${told.length} tests`;
    console.log(`\nPASSED ONLY AT THE SECOND GO: ${tests}, each a race in the test or in the product\n`);
    for (const lines of told) console.log(lines.join("\n"));
  }
}

/** For each such test its name, and beneath it the first error with its place. */
function secondGoes(modules: readonly TestModule[]): string[][] {
  return modules.flatMap((module) =>
    [...module.children.allTests()]
      .filter((test) => test.diagnostic()?.flaky)
      .map((test) => {
        const error = test.result().errors?.[0];
        const place = error?.stacks?.[0];
        return [
          ` ${module.project.name ? `${module.project.name} ` : ""}${module.relativeModuleId} > ${test.fullName}`,
          ...(error?.message ?? "no error was kept")
            .split("\n")
            .slice(0, 12)
            .map((line) => `     ${line}`),
          ...(place ? [`     at ${place.file}:${place.line}`] : []),
        ];
      }),
  );
}
