# syntax=docker/dockerfile:1
# Build with `docker build --tag copydesk .`; run with `docker compose up`. What only `copydesk sink` needs is left out.
FROM python:3.12.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/copydesk
ENV PATH=/opt/copydesk/bin:$PATH
WORKDIR /src
# What changes seldom comes first: dependencies, pinned by hash, are a layer of their own.
COPY requirements-image.lock ./
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install --require-hashes --no-deps --requirement requirements-image.lock
COPY pyproject.toml README.md LICENSE ./
COPY schemas schemas
COPY pipeline pipeline
COPY agents agents
COPY copydesk copydesk
RUN pip install --no-cache-dir --no-deps --no-build-isolation . && pip uninstall --yes pip

FROM python:3.12.12-slim-bookworm
LABEL org.opencontainers.image.title="Copydesk" \
      org.opencontainers.image.description="An event-stream pipeline for news" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin copydesk
COPY --from=build /opt/copydesk /opt/copydesk
ENV PATH=/opt/copydesk/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    COPYDESK_METRICS_HOST=0.0.0.0
USER 10001
WORKDIR /tmp
STOPSIGNAL SIGTERM
EXPOSE 9108 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --start-interval=1s --retries=3 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:9108/healthz', timeout=2)"]
ENTRYPOINT ["copydesk"]
CMD ["worker"]
