// Writes examples/recipes/houses.csv, a made-up table as people have them; with an argument, writes there instead.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const rows = 60;
/** Numbers from 0 to 1 that look random, the same everywhere: a Lehmer generator (Park and Miller 1988). */
let state = 20261126;
const uniform = () => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};

const towns = ['Bonn', 'Jena', 'Ulm'];
const bonus = [90, 0, 40];

const lines = ['id,sold,address,town,area,rooms,built,garden,heating_cost,price'];
for (let row = 0; row < rows; row++) {
  const town = Math.floor(towns.length * uniform());
  const area = Math.round(45 + 140 * uniform());
  const rooms = Math.max(1, Math.round(area / 28 + uniform() - 0.5));
  const built = 1900 + Math.floor(120 * uniform());
  const garden = uniform() < 0.4;
  const day = new Date(Date.UTC(2024, 0, 1 + Math.floor(700 * uniform()))).toISOString().slice(0, 10);
  // Nobody knows what some of them cost to heat.
  const heating = uniform() < 0.25 ? '' : String(Math.round(6 * area + 8 * (2020 - built) * uniform()));
  const price = Math.round(
    60 + 2.4 * area + bonus[town] + 0.5 * (built - 1900) + (garden ? 35 : 0) + 30 * (uniform() - 0.5),
  );
  const cells = [
    1000 + row,
    day,
    `${1 + Math.floor(90 * uniform())} Mill Lane ${row}`,
    towns[town],
    area,
    rooms,
    built,
  ];
  lines.push([...cells, garden ? 'True' : 'False', heating, price].join(','));
}

const file = process.argv[2] ?? fileURLToPath(new URL('../examples/recipes/houses.csv', import.meta.url));
writeFileSync(file, `${lines.join('\n')}\n`);
