export interface PatientTimeout {
  /** Restarts the timer, even if it has already fired. */
  refresh(): void;
  clear(): void;
}

/**
 * Calls back after `ms`, unless the timer is cleared or restarted before. After a busy period Node runs timers before it
 * reads its sockets. Here the sockets are read first, so that an answer that arrived in time does not count as late.
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
