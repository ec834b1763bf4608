/**
 * GPUs by what their makers specify. Knows no models and no measurements.
 *
 * Credit: values of ai-dynamo/aiconfigurator `systems/*.yaml` (Apache-2.0); RTX 4090 from NVIDIA's Ada whitepaper.
 */

/** One GPU; floating-point rates are dense. */
export interface Gpu {
  readonly name: string;
  /** Memory, bytes. */
  readonly memory_bytes: number;
  /** Memory bandwidth, bytes per second. */
  readonly bandwidth_bytes_per_s: number;
  /** 16-bit operations per second. */
  readonly bf16_flops: number;
  /** 8-bit operations per second; null where there is no such unit. */
  readonly fp8_flops: number | null;
  /** To another GPU of the node, one direction, bytes per second. */
  readonly intra_node_bytes_per_s: number;
  /** To another node, one direction, bytes per second; null where it was not stated. */
  readonly inter_node_bytes_per_s: number | null;
  readonly power_w: number;
  readonly source: string;
}

type Row = readonly [
  name: string,
  memory_gib: number,
  bandwidth_tb_per_s: number,
  bf16_tflops: number,
  fp8_tflops: number | null,
  intra_node_gb_per_s: number,
  inter_node_gb_per_s: number | null,
  power_w: number,
  source: string,
];

// biome-ignore format: a table, one GPU a line
const TABLE: readonly Row[] = [
  ['a100-sxm-80', 80, 2.039, 312, null, 300, 25, 400, 'aiconfigurator a100_sxm'],
  ['a100-pcie', 80, 1.935, 312, null, 32, 25, 300, 'aiconfigurator a100_pcie'],
  ['h100-sxm', 80, 3.35, 989, 1978, 450, 50, 700, 'aiconfigurator h100_sxm'],
  ['h100-pcie', 80, 2, 756.5, 1513, 64, 50, 350, 'aiconfigurator h100_pcie'],
  ['h200-sxm', 141, 4.8, 989, 1978, 450, 50, 700, 'aiconfigurator h200_sxm'],
  ['b200-sxm', 180, 7.7, 2250, 4500, 900, 100, 1000, 'aiconfigurator b200_sxm'],
  ['gb200', 185, 8, 2500, 5000, 900, 900, 1200, 'aiconfigurator gb200'],
  ['b300-sxm', 268.6, 7.75, 2250, 4500, 900, 100, 1100, 'aiconfigurator b300_sxm'],
  ['l40s', 45, 0.864, 362.05, 733, 32, 50, 350, 'aiconfigurator l40s'],
  ['l4', 24, 0.3, 121, 242, 32, 25, 72, 'aiconfigurator l4'],
  ['rtx-pro-6000', 95.6, 1.792, 467.8, 935.6, 64, 50, 600, 'aiconfigurator rtx_pro_6000_server'],
  ['rtx-4090', 24, 1.008, 165.2, 330.3, 32, null, 450, 'NVIDIA Ada GPU architecture whitepaper'],
];

/** Every GPU of the catalogue by name. */
export const gpus: ReadonlyMap<string, Gpu> = new Map(
  TABLE.map(([name, gib, tb, bf16, fp8, intra, inter, power_w, source]) => [
    name,
    {
      name,
      memory_bytes: gib * 2 ** 30,
      bandwidth_bytes_per_s: tb * 1e12,
      bf16_flops: bf16 * 1e12,
      fp8_flops: fp8 === null ? null : fp8 * 1e12,
      intra_node_bytes_per_s: intra * 1e9,
      inter_node_bytes_per_s: inter === null ? null : inter * 1e9,
      power_w,
      source,
    },
  ]),
);
