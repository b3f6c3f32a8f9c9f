// What the generators in JavaScript have in common: a model in, a calendar out, and the best
// microseconds of processor time that a run of it took.

import { readFileSync, writeFileSync } from 'node:fs';

export function measure(prepare) {
    const [model, out, rounds, seconds] = process.argv.slice(2);
    const write = prepare(JSON.parse(readFileSync(model, 'utf8')));
    writeFileSync(out, write());
    console.log(best(write, Number(rounds), Number(seconds)));
}

function best(write, rounds, seconds) {
    const times = [];
    for (let round = 0; round <= rounds; round++) {
        const begin = process.cpuUsage();
        let runs = 0, taken = 0;
        do {
            write();
            runs++;
            const { user, system } = process.cpuUsage(begin);
            taken = user + system;
        } while (taken < seconds * 1e6);
        times.push(taken / runs);
    }
    // The first round is for the compiler.
    return Math.min(...times.slice(1));
}
