/** Which columns the reader chose, as long as the page lives; undefined until something is chosen. */
export const chosenColumns = $state<{ keys: readonly string[] | undefined }>({ keys: undefined });
