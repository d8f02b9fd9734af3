import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { LabError } from '../../core/lab-error.js';
import type { BackendName } from './backends.js';
import { supplyWasmKernels } from './kernels/supply-wasm-kernels.js';
import type { Tensorflow } from './net.js';

type TensorBackend = Exclude<BackendName, 'simd'>;

/** Loads TensorFlow.js with just the backend wanted and makes it ready. Throws `backend-failed` {backend}. */
export async function startBackend(backend: TensorBackend): Promise<Tensorflow> {
  const tf = await import('@tensorflow/tfjs-core');
  await import('@tensorflow/tfjs-core/dist/register_all_gradients.js');
  await loaders[backend](tf);
  if (!(await tf.setBackend(backend).catch(() => false))) throw new LabError('backend-failed', { backend });
  await tf.ready();
  return tf;
}

const loaders: Readonly<Record<TensorBackend, (tf: Tensorflow) => Promise<unknown>>> = {
  webgpu: () => import('@tensorflow/tfjs-backend-webgpu'),
  webgl: () => import('@tensorflow/tfjs-backend-webgl'),
  wasm: async (tf) => {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    // Threads need headers that a static host cannot set, and gain nothing on small nets.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths({
      'tfjs-backend-wasm.wasm': plainWasm,
      'tfjs-backend-wasm-simd.wasm': simdWasm,
      'tfjs-backend-wasm-threaded-simd.wasm': simdWasm,
    });
    supplyWasmKernels(tf);
  },
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
};

/** Gives a check that throws `backend-lost` {backend} once the GPU behind the backend has gone. */
export function watchBackend(tf: Tensorflow, backend: BackendName): () => void {
  let lost = false;
  const lose = (): void => {
    lost = true;
  };
  const device = tf.backend() as unknown as { gpgpu?: { gl: { canvas: EventTarget } }; device?: { lost: Promise<unknown> } };
  if (backend === 'webgl') device.gpgpu?.gl.canvas.addEventListener('webglcontextlost', lose);
  if (backend === 'webgpu') void device.device?.lost.then(lose);
  return () => {
    if (lost) throw new LabError('backend-lost', { backend });
  };
}
