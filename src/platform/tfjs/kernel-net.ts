import { LabError } from '../../core/lab-error.js';
import { trainDenseNet } from '../../core/train/nets/train-dense-net.js';
import { openBreath } from './breath.js';
import type { TrainNet } from './net-trainer.js';

/** Kinds of net that the lab's own kernel can train. */
export const hasKernel = (kind: string): boolean => kind === 'dense-net';

/** Trains a net of dense layers by the lab's own kernel, letting messages in between. Throws `cancelled`, `diverged` {epoch}. */
export const trainOnKernel: TrainNet = async ({ data, settings, seed }, { signal, progress }) => {
  const steps = trainDenseNet(data, settings, seed);
  const breath = openBreath();
  try {
    for (;;) {
      if (signal.aborted) throw new LabError('cancelled');
      const step = steps.next();
      if (step.done) return step.value;
      progress(step.value);
      if (breath.due()) await breath.take();
    }
  } finally {
    breath.close();
  }
};
