using System;
using BigMlFlow.Models;

namespace BigMlFlow.Tracking;

/// <summary>What MLflow calls what went wrong: its <c>error_code</c>, or what stands for it where a server gave none.</summary>
public enum TrackingError
{
    /// <summary>Anything else that a server reports.</summary>
    Other,

    /// <summary>RESOURCE_DOES_NOT_EXIST: no such run, experiment, model, version, alias or artifact.</summary>
    NotFound,

    /// <summary>RESOURCE_ALREADY_EXISTS: the name is taken.</summary>
    AlreadyExists,

    /// <summary>INVALID_PARAMETER_VALUE and other bad requests.</summary>
    InvalidValue,

    /// <summary>No login, or a wrong one.</summary>
    Unauthenticated,

    /// <summary>Logged in, and not allowed to.</summary>
    PermissionDenied,

    /// <summary>The server or the store does not have this function.</summary>
    NotSupported,

    /// <summary>Too many requests, a locked database, a server that is starting: it may work later.</summary>
    Unavailable,

    /// <summary>Nobody answers at the address.</summary>
    Unreachable,

    /// <summary>Something answers that does not speak MLflow's protocol: a proxy, a login page, another service.</summary>
    NotMLflow,
}

/// <summary>What a tracking store, a registry or an artifact store refuses or fails at.</summary>
public sealed class TrackingException : BigMLException
{
    /// <summary>Makes an error of a store.</summary>
    /// <param name="error">What kind it is.</param>
    /// <param name="message">What is wrong, where, and what to do; never with a secret in it.</param>
    /// <param name="innerException">The cause, if another exception was one.</param>
    public TrackingException(TrackingError error, string message, Exception? innerException = null)
        : base(message, innerException)
        => Error = error;

    /// <summary>What kind of error it is.</summary>
    public TrackingError Error { get; }
}
