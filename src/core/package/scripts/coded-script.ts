/** `score` of a net that was written as code, in plain JavaScript: a value is a list of numbers, or a picture [row][column][channel] with its sides. */
export const CODED_NET = `const gate = (x) => Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3));
const act = {
  linear: (x) => x, relu: (x) => Math.max(0, x), tanh: Math.tanh, sigmoid, elu: (x) => (x > 0 ? x : Math.exp(x) - 1), gelu: (x) => 0.5 * x * (1 + gate(x)),
};
const spread = ({ shape, values }, { scale, shift }) => ({ shape, values: values.map((x, i) => x * scale[i % scale.length] + shift[i % scale.length]) });
const steps = {
  dense: ({ values }, { outputs, kernel, bias, activation }) => ({
    shape: [outputs],
    values: Array.from({ length: outputs }, (_, o) => act[activation](values.reduce((sum, x, i) => sum + x * kernel[i * outputs + o], bias[o]))),
  }),
  conv2d({ shape: [side, , channels], values }, { size, outputs, weights, bias, activation }) {
    const before = (size - 1) >> 1;
    const at = (y, x, o) => {
      let sum = bias[o];
      for (let r = 0; r < size; r++) for (let c = 0; c < size; c++) {
        const [row, column] = [y + r - before, x + c - before];
        if (row < 0 || column < 0 || row >= side || column >= side) continue;
        for (let i = 0; i < channels; i++) sum += values[(row * side + column) * channels + i] * weights[((r * size + c) * channels + i) * outputs + o];
      }
      return act[activation](sum);
    };
    return { shape: [side, side, outputs], values: Array.from({ length: side * side * outputs }, (_, n) => at(Math.floor(n / outputs / side), Math.floor(n / outputs) % side, n % outputs)) };
  },
  activation: ({ shape, values }, { activation }) => ({ shape, values: values.map(act[activation]) }),
  scale: spread,
  layerNorm({ shape, values }, layer) {
    const width = layer.scale.length;
    const normal = values.map((x, n) => {
      const part = values.slice(n - (n % width), n - (n % width) + width);
      const mean = part.reduce((a, b) => a + b, 0) / width;
      return (x - mean) / Math.sqrt(part.reduce((a, b) => a + (b - mean) ** 2, 0) / width + 0.001);
    });
    return spread({ shape, values: normal }, layer);
  },
  maxPool({ shape: [side, , channels], values }, { size }) {
    const half = Math.floor(side / size);
    const most = (y, x, channel) => {
      let best = -Infinity;
      for (let r = 0; r < size; r++) for (let c = 0; c < size; c++) best = Math.max(best, values[((y * size + r) * side + x * size + c) * channels + channel]);
      return best;
    };
    return { shape: [half, half, channels], values: Array.from({ length: half * half * channels }, (_, n) => most(Math.floor(n / channels / half), Math.floor(n / channels) % half, n % channels)) };
  },
  averageAll: ({ shape: [side, , channels], values }) => ({ shape: [channels], values: Array.from({ length: channels }, (_, c) => values.reduce((sum, x, n) => sum + (n % channels === c ? x : 0), 0) / (side * side)) }),
  flatten: ({ values }) => ({ shape: [values.length], values }),
  rescale: ({ shape, values }, { divisor }) => ({ shape, values: values.map((x) => x / divisor) }),
  residual(signal, { layers }) {
    const inner = run(layers, signal).values;
    return { shape: signal.shape, values: signal.values.map((x, n) => x + inner[n]) };
  },
};
const run = (layers, signal) => layers.reduce((now, layer) => steps[layer.kind](now, layer), signal);
function score({ shape, layers, target }, x, task) {
  const { values } = run(layers, { shape, values: x });
  return task === 'regression' ? values.map((value) => target.offset + target.divisor * value) : task === 'binary' ? values.map(sigmoid) : softmax(values);
}`;
