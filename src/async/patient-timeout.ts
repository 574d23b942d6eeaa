export interface PatientTimeout {
  /** Starts again, even if the time was over already. */
  refresh(): void;
  clear(): void;
}

/**
 * Calls back after `ms`, unless what it waits for has arrived by then. After a busy stretch Node runs timers before it
 * looks at the sockets; here the sockets come first, so that an answer which lay there in time is not taken for silence.
 */
export function patientTimeout(ms: number, onExpire: () => void): PatientTimeout {
  let immediate: NodeJS.Immediate | undefined;
  const timeout = setTimeout(() => {
    immediate = setImmediate(onExpire);
  }, ms);
  return {
    refresh: () => {
      clearImmediate(immediate);
      timeout.refresh();
    },
    clear: () => {
      clearImmediate(immediate);
      clearTimeout(timeout);
    },
  };
}
