import { afterEach, expect, test, vi } from 'vitest';
import { inTime } from '../../src/async/in-time.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('what comes in time is there, and nobody is told of lateness', async () => {
  vi.useFakeTimers();
  const onLate = vi.fn();
  expect(await inTime(Promise.resolve('here'), 100, onLate)).toBe('here');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(onLate).not.toHaveBeenCalled();
});

test('what is late is none', async () => {
  vi.useFakeTimers();
  const onLate = vi.fn();
  const waiting = inTime(new Promise<never>(() => undefined), 100, onLate);
  await vi.advanceTimersByTimeAsync(100);
  expect([await waiting, onLate.mock.calls.length]).toEqual([undefined, 1]);
});

test('what fails in time fails', async () => {
  await expect(inTime(Promise.reject(new Error('no')), 100)).rejects.toThrow('no');
});
