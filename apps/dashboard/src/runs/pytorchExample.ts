/** How a PyTorch model is measured where it is; the README has the same lines, which a test of the Python client runs. */
export const pytorchExample = `import ritz, torch

model = torch.nn.Sequential(torch.nn.Linear(4, 16), torch.nn.Tanh(), torch.nn.Linear(16, 3))  # your model,
examples = torch.utils.data.TensorDataset(torch.randn(256, 4), torch.randint(0, 3, (256,)))
loader = torch.utils.data.DataLoader(examples, batch_size=64)  # your data,
loss_fn = torch.nn.CrossEntropyLoss()  # and your loss

with ritz.init('my model', architecture='mlp', dataset='mine', optimiser='sgd', learning_rate=0.1) as run:
    print(ritz.torch.measure(model, loss_fn, loader, step=0))
`;
