"""What a training step is made of beside the network, in PyTorch."""
import torch


def neighbourhood_loss(distances, positive, allowed, log_sharpness):
    """Minus the logarithm of the share of exp(-s d) on positives, d being the distance over its mean."""
    relative = distances / distances[allowed].mean()
    logits = -log_sharpness.exp() * relative
    nothing = torch.tensor(-torch.inf, dtype=logits.dtype)
    share = torch.where(positive, logits, nothing).logsumexp(1) - torch.where(allowed, logits, nothing).logsumexp(1)
    return -share.mean()


def adamw(parameters, rate, beta1, beta2, epsilon, decay):
    """AdamW on parameters by name; only weights decay."""
    weights = [p for name, p in parameters.items() if name.endswith('.weight')]
    others = [p for name, p in parameters.items() if not name.endswith('.weight')]
    groups = [dict(params=weights, weight_decay=decay), dict(params=others, weight_decay=0)]
    return torch.optim.AdamW(groups, lr=rate, betas=(beta1, beta2), eps=epsilon)
