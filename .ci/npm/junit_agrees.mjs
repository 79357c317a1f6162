// Compares the junit.xml of a run with its results.json, through a reader from npm.
//
// usage: node junit_agrees.mjs FOLDER

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'junit2json';

const [folder] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name), 'utf8');
const results = JSON.parse(read('results.json'));
const report = await parse(read('junit.xml'));

// How a purpose has to look in JUnit.
function standing({ verdict, waiver, advisory }) {
  if (verdict === 'fail' && (waiver || (advisory && !results.strict))) return 'skipped';
  return { pass: 'passed', fail: 'failed', inconclusive: 'error', error: 'error', not_applicable: 'skipped' }[verdict];
}

function seenAs(testcase) {
  const seen = [['failure', 'failed'], ['error', 'error'], ['skipped', 'skipped']]
    .filter(([element]) => testcase[element] !== undefined)
    .map(([, word]) => word);
  assert(seen.length <= 1, `${testcase.name}: ${seen}`);
  return seen[0] ?? 'passed';
}

const byName = (entries) => Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
const expected = byName([
  ...results.purposes.map((purpose) => [purpose.id, standing(purpose)]),
  ...results.stale_waivers.map((waiver) => [`waiver/${waiver.purpose}`, 'failed']),
]);

const got = [];
for (const suite of report.testsuite ?? []) {
  const cases = (suite.testcase ?? []).map((testcase) => [testcase.name, seenAs(testcase)]);
  const counted = (word) => cases.filter(([, seen]) => seen === word).length;
  assert.deepEqual(
    [suite.tests, suite.failures, suite.errors],
    [cases.length, counted('failed'), counted('error')],
    `suite ${suite.name} tells other numbers than its cases`,
  );
  got.push(...cases);
}
assert.equal(new Set(got.map(([name]) => name)).size, got.length, 'a name occurs twice');
assert.deepEqual(byName(got), expected);
const red = got.filter(([, seen]) => seen === 'failed').length;
assert.equal(red > 0, results.outcome === 'nonconformant', `${red} failed, but ${results.outcome}`);
console.log(`${got.length} ${got.length === 1 ? 'case agrees' : 'cases agree'}, ${red} failed`);
