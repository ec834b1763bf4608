/** The rules of the step model: the text that breaks one, where the problem points, what it says and advises. */
import { describe, expect, it } from 'vitest';
import { linesOf } from './loading.ts';

describe('a cluster of replicas that breaks a rule', () => {
  it.each([
    [
      'every running request has a token of the budget',
      'cluster_mono: {model: steps, replica: {max_num_seqs: 65, max_num_batched_tokens: 64}}',
      'a.yaml:1:82: cluster_mono.replica: max_num_batched_tokens must be at least max_num_seqs, got 64 and 65. Raise max_num_batched_tokens or lower max_num_seqs: every decoding request takes a token of a step.',
    ],
    [
      'also of the default budget',
      'cluster_mono: {model: steps, replica: {max_num_seqs: 4096}}',
      'a.yaml:1:54: cluster_mono.replica: max_num_batched_tokens must be at least max_num_seqs, got 2048 and 4096. Raise max_num_batched_tokens or lower max_num_seqs: every decoding request takes a token of a step.',
    ],
    [
      'there is a replica',
      'cluster_mono: {model: steps, replicas: 0}',
      'a.yaml:1:40: cluster_mono.replicas must be at least 1, got 0. Write for example replicas: 4.',
    ],
    [
      'a block holds tokens',
      'cluster_mono: {model: steps, replica: {block_size: 0}}',
      'a.yaml:1:52: cluster_mono.replica.block_size must be at least 1, got 0. Write for example block_size: 16.',
    ],
    [
      'blocks are whole',
      'cluster_mono: {model: steps, replica: {num_gpu_blocks: 1.5}}',
      'a.yaml:1:56: cluster_mono.replica.num_gpu_blocks must be a whole number, got 1.5. Write for example num_gpu_blocks: 2.',
    ],
    [
      'a step takes time',
      'cluster_disagg: {model: steps, decode_replica: {step_time: {base_s: 0}}}',
      'a.yaml:1:69: cluster_disagg.decode_replica.step_time.base_s must be above 0, got 0. Write for example base_s: 0.006.',
    ],
    [
      'a coefficient is not negative',
      'cluster_disagg: {model: steps, prefill_replica: {step_time: {prefill_attention_s: -1}}}',
      'a.yaml:1:83: cluster_disagg.prefill_replica.step_time.prefill_attention_s must be at least 0, got -1. Write for example prefill_attention_s: 1e-9.',
    ],
    [
      'a coefficient is known',
      'cluster_mono: {model: steps, replica: {step_time: {base: 1}}}',
      'a.yaml:1:52: unknown key "base" in cluster_mono.replica.step_time. Did you mean base_s?',
    ],
    [
      'a router has a name',
      'cluster_mono: {model: steps, routing: round-robin}',
      'a.yaml:1:39: cluster_mono.routing must be one of round_robin, random, least_outstanding, least_tokens, power_of_two, session, prefix, got "round-robin". Did you mean routing: round_robin?',
    ],
    [
      'news of replicas matter to the router',
      'cluster_mono: {model: steps, routing: random, routing_refresh_s: 1}',
      'a.yaml:1:66: cluster_mono: routing_refresh_s has no effect: random looks at no replica. Remove routing_refresh_s, or write routing: least_outstanding.',
    ],
    [
      'also to those of both pools',
      'cluster_disagg: {model: steps, routing: least_tokens, prefill_routing: random, decode_routing: round_robin, routing_refresh_s: 1}',
      'a.yaml:1:128: cluster_disagg: routing_refresh_s has no effect: random and round_robin look at no replica. Remove routing_refresh_s, or write routing: least_outstanding.',
    ],
    [
      'decode replicas keep no prefixes to route by',
      'cluster_disagg: {model: steps, decode_routing: prefix}',
      'a.yaml:1:48: cluster_disagg: decode_routing is prefix, and decode replicas keep no prefixes. Write decode_routing: least_outstanding, or prefill_routing: prefix.',
    ],
    [
      'nor to find',
      'cluster_disagg: {model: steps, decode_replica: {enable_prefix_caching: true}}',
      'a.yaml:1:72: decode replicas compute no prompts, so there is no prefix for them to keep. Write enable_prefix_caching under prefill_replica.',
    ],
    [
      'what is swapped goes over a link',
      'cluster_mono: {model: steps, replica: {preemption: swap}}',
      'a.yaml:1:52: cluster_mono.replica: preemption: swap needs a host_link. Add host_link: {bandwidth_bytes_per_s: 25.0e9}, or write preemption: recompute.',
    ],
    [
      'which nothing else does',
      'cluster_mono: {model: steps, replica: {host_link: {bandwidth_bytes_per_s: 1, kv_bytes_per_token: 1}}}',
      'a.yaml:1:51: cluster_mono.replica: host_link counts with preemption: swap only. Write preemption: swap beside it, or remove host_link.',
    ],
    [
      'to blocks of the host that nothing else needs',
      'cluster_mono: {model: steps, replica: {host_blocks: 7}}',
      'a.yaml:1:53: cluster_mono.replica: host_blocks counts with preemption: swap only. Write preemption: swap beside it, or remove host_blocks.',
    ],
    [
      'of a known size',
      'cluster_mono: {model: steps, replica: {preemption: swap, host_link: {bandwidth_bytes_per_s: 1}}}',
      'a.yaml:1:58: cluster_mono.replica.host_link.kv_bytes_per_token is missing, and the replica names no model to take it from. Add kv_bytes_per_token: 131072, or name a preset.',
    ],
    [
      'at a speed',
      'cluster_mono: {model: steps, replica: {preemption: swap, host_link: {bandwidth_bytes_per_s: 0, kv_bytes_per_token: 1}}}',
      'a.yaml:1:93: cluster_mono.replica.host_link.bandwidth_bytes_per_s must be above 0, got 0. Write for example bandwidth_bytes_per_s: 25000000000.',
    ],
    [
      'after a latency that is none below 0',
      'cluster_mono: {model: steps, replica: {preemption: swap, host_link: {latency_s: -1, bandwidth_bytes_per_s: 1, kv_bytes_per_token: 1}}}',
      'a.yaml:1:81: cluster_mono.replica.host_link.latency_s must be at least 0, got -1. Write for example latency_s: 0.',
    ],
    [
      'a hash id stands for tokens',
      'trace: {path: a.jsonl, block_size: 0}',
      'a.yaml:1:36: trace.block_size must be at least 1, got 0. Write for example block_size: 512.',
    ],
    [
      'and are not older than nothing',
      'cluster_disagg: {model: steps, routing: least_tokens, routing_refresh_s: -1}',
      'a.yaml:1:74: cluster_disagg.routing_refresh_s must be at least 0, got -1. Write for example routing_refresh_s: 0.',
    ],
    [
      'the first token has a place',
      'cluster_disagg: {model: steps, first_token: transfer}',
      'a.yaml:1:45: cluster_disagg.first_token must be one of decode, prefill, got "transfer". Write first_token: decode.',
    ],
    [
      'a shared card is shared',
      'cluster_disagg: {model: steps, link: {bandwidth_bytes_per_s: 1.0e9, kv_bytes_per_token: 9, nic_bytes_per_s: {prefill: 1}}}',
      'a.yaml:1:109: cluster_disagg.link: nic_bytes_per_s is what transfers share, and sharing is none. Write sharing: fair beside it, or remove nic_bytes_per_s.',
    ],
    [
      'a card carries something',
      'cluster_disagg: {model: steps, link: {bandwidth_bytes_per_s: 1.0e9, kv_bytes_per_token: 9, sharing: fair, nic_bytes_per_s: {decode: 0}}}',
      'a.yaml:1:133: cluster_disagg.link.nic_bytes_per_s.decode must be above 0, got 0. Write for example decode: 50000000000.',
    ],
    [
      'a fabric is shared, too',
      'cluster_disagg: {model: steps, link: {bandwidth_bytes_per_s: 1.0e9, kv_bytes_per_token: 9, fabric_bytes_per_s: 1}}',
      'a.yaml:1:112: cluster_disagg.link: fabric_bytes_per_s is what transfers share, and sharing is none. Write sharing: fair beside it, or remove fabric_bytes_per_s.',
    ],
    [
      'sharing has a name',
      'cluster_disagg: {model: steps, link: {bandwidth_bytes_per_s: 1.0e9, kv_bytes_per_token: 9, sharing: unfair}}',
      'a.yaml:1:101: cluster_disagg.link.sharing must be one of none, fair, got "unfair". Did you mean sharing: fair?',
    ],
    [
      'overlap has a name',
      'cluster_disagg: {model: steps, link: {bandwidth_bytes_per_s: 1.0e9, kv_bytes_per_token: 9, overlap: true}}',
      'a.yaml:1:101: cluster_disagg.link.overlap must be one of none, layerwise, got true. Write overlap: none.',
    ],
    [
      'layers are for overlap',
      'cluster_disagg: {model: steps, link: {bandwidth_bytes_per_s: 1.0e9, kv_bytes_per_token: 9, layers: 3}}',
      'a.yaml:1:100: cluster_disagg.link: layers counts with overlap: layerwise only. Write overlap: layerwise beside it, or remove layers.',
    ],
    [
      'and overlap needs them',
      'cluster_disagg: {model: steps, link: {bandwidth_bytes_per_s: 1.0e9, kv_bytes_per_token: 9, overlap: layerwise}}',
      'a.yaml:1:32: cluster_disagg.link.layers is missing, and prefill_replica names no model to take it from. Add layers: 32, or name a preset in prefill_replica.',
    ],
    [
      'a reservation is a switch',
      'cluster_disagg: {model: steps, link: {bandwidth_bytes_per_s: 1.0e9, kv_bytes_per_token: 9, reserve: 1}}',
      'a.yaml:1:101: cluster_disagg.link.reserve must be true or false, got 1. Write true or false.',
    ],
    [
      'a link without a model needs the bytes of a token',
      'cluster_disagg: {model: steps, link: {bandwidth_bytes_per_s: 1.0e9}}',
      'a.yaml:1:32: cluster_disagg.link.kv_bytes_per_token is missing, and prefill_replica names no model to take it from. Add kv_bytes_per_token: 131072, or name a preset in prefill_replica.',
    ],
  ])('%s', (_rule, text, line) => {
    expect(linesOf(text)).toEqual([line]);
  });
});
