// What coverage/coverage-final.json says of branches, as the table of docs/fidelity.md; given rooms, the branches that were
// not taken in them instead.
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';

const files = Object.values(JSON.parse(readFileSync('coverage/coverage-final.json', 'utf8')));
const wanted = process.argv.slice(2);
const rooms = new Map();

for (const { path, branchMap, b } of files) {
  const parts = relative('src', path).split(sep);
  const room = parts.length > 1 ? parts[0] : 'entry points';
  const counts = rooms.get(room) ?? { covered: 0, of: 0 };
  rooms.set(room, counts);
  for (const [id, { type, locations }] of Object.entries(branchMap)) {
    for (const [arm, { start }] of locations.entries()) {
      counts.of += 1;
      if (b[id][arm] > 0) counts.covered += 1;
      else if (wanted.includes(room))
        console.log(`${relative('.', path)}:${start.line ?? '?'}: ${type}, arm ${arm}`);
    }
  }
}

if (wanted.length === 0) {
  console.log('| room | covered | of | percent |\n|---|---|---|---|');
  for (const [room, { covered, of }] of [...rooms].sort()) {
    console.log(`| ${room} | ${covered} | ${of} | ${of === 0 ? 100 : Math.floor((100 * covered) / of)} |`);
  }
}
