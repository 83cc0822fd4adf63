/** Example queries. */

export interface ExampleQuery {
  readonly name: string;
  readonly text: string;
}

export const examples: readonly ExampleQuery[] = [
  {
    name: 'Newest runs',
    text: `# The newest runs and how their largest eigenvalue moved.
{
  runs(first: 10) {
    totalCount
    nodes {
      id
      name
      architecture
      status
      trajectory {
        step
        lambdaMax
        ratio
      }
    }
  }
}
`,
  },
  {
    name: 'Density at a step',
    text: `# The spectral density of the newest run at its initial point, on 64 grid points.
{
  runs(first: 1) {
    nodes {
      name
      spectrum(step: 0) {
        lanczosSteps
        probeCount
        density(smoothing: { kind: AUTO }, grid: { points: 64 }) {
          sigma
          lambda
          density
          lower
          upper
        }
      }
    }
  }
}
`,
  },
  {
    name: 'Outliers with residuals',
    text: `# Outlying eigenvalues at every measured step, each with the distance within which it is certain.
{
  runs(first: 1) {
    nodes {
      name
      spectra {
        step {
          number
        }
        outliers {
          values
          residuals
          lambdaMax
          lambdaK
          ratio
        }
      }
    }
  }
}
`,
  },
  {
    name: 'Gradient overlap',
    text: `# Share of the gradient in the space of the leading eigenvectors, along each run.
{
  runs(first: 5) {
    nodes {
      name
      trajectory {
        step
        overlap {
          gradient
          k
          fraction
        }
      }
    }
  }
}
`,
  },
  {
    name: 'Runs by architecture',
    text: `# How many runs of each network there are, with and without batch normalisation.
{
  runGroups(by: [ARCHITECTURE, BATCH_NORM]) {
    architecture
    batchNorm
    count
  }
}
`,
  },
  {
    name: 'What was measured',
    text: `# The tridiagonal matrices of one spectrum: everything else is computed from them.
{
  runs(first: 1) {
    nodes {
      name
      spectrum(step: 0) {
        parameterCount
        probes {
          seed
          alpha
          beta
        }
      }
    }
  }
}
`,
  },
];
