/** The queue of finish times against a list: whoever is first, whoever is taken out of the middle. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BatchColumns } from '../../src/replica/batch-columns.ts';
import { FinishQueue } from '../../src/replica/finish-queue.ts';

it('gives up requests in order of their finish, and any one of them before', () =>
  fc.assert(
    fc.property(
      fc.array(fc.nat(30), { minLength: 1, maxLength: 60, size: 'max' }),
      fc.array(fc.option(fc.nat()), { maxLength: 60, size: 'max' }),
      (finishes, leavings) => {
        const columns = new BatchColumns();
        const queue = new FinishQueue(columns);
        const inside = new Map<number, number>();
        for (const [slot, finish] of finishes.entries()) {
          columns.enter(slot, 0, 0, false);
          queue.push(slot, finish);
          inside.set(slot, finish);
        }
        for (const leaving of leavings) {
          if (inside.size === 0) break;
          const earliest = Math.min(...inside.values());
          expect(queue.next).toBe(earliest);
          if (leaving === null) {
            const slot = queue.pop();
            expect(inside.get(slot)).toBe(earliest);
            inside.delete(slot);
          } else {
            const slot = [...inside.keys()][leaving % inside.size] ?? 0;
            queue.remove(slot);
            inside.delete(slot);
          }
          expect(queue.length).toBe(inside.size);
        }
        const left = Array.from(inside, () => inside.get(queue.pop()));
        expect(left).toEqual([...inside.values()].sort((a, b) => a - b));
        expect(queue.next).toBe(Number.POSITIVE_INFINITY);
      },
    ),
    { numRuns: 500 },
  ));
